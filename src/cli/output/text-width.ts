/** How many columns of a terminal text takes: names may be in any script, and letters of some are two columns wide. */

/** Two columns: Chinese, Japanese, Korean, full-width forms, and pictures that are shown in colour. */
const WIDE = new RegExp(
  [
    '[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f]',
    '[\\uff01-\\uff60\\uffe0-\\uffe6\\u{20000}-\\u{3fffd}]',
    '\\p{Emoji_Presentation}',
  ].join('|'),
  'u',
);
/** None: accents that join the letter before, and marks that only say how to read on. */
const NARROW = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Most text: one column for each letter. */
const PLAIN = /^[\u0020-\u02ff\u2000-\u200a\u2010-\u2027\u2500-\u257f]*$/;

export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return [...text].reduce((width, letter) => width + letterWidth(letter), 0);
}

/** At most `width` columns of `text`; one that is longer ends with an ellipsis, and no letter is cut in two. */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const letter of text) {
    used += letterWidth(letter);
    if (used > width) break;
    cut += letter;
  }
  return `${cut}…`;
}

function letterWidth(letter: string): number {
  if (NARROW.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}
