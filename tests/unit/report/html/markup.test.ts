import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataElement, html, ownElement } from '../../../../src/runtime/report/html/markup.ts';

describe('html', () => {
  test('escapes text, keeps markup, joins lists, leaves out what is not there', () => {
    const row = html`<b>${'<i>'}</b>`;
    expect(String(html`<p title="${'"&'}">${[row, 1, ' ', undefined, null, false]}</p>`)).toBe(
      '<p title="&quot;&amp;"><b>&lt;i&gt;</b>1 </p>',
    );
  });

  test('no text ends its element or its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const made = String(html`<p title="${text}">${text}</p>`);
        const [, title, inside] = /^<p title="([^"<>]*)">([^"<>]*)<\/p>$/s.exec(made) ?? [];
        expect([unescaped(title), unescaped(inside)]).toEqual([text, text]);
      }),
    );
  });
});

describe('data for the script', () => {
  test('comes back as it was, and cannot end its element or begin a comment', () => {
    const nasty = fc.oneof(fc.string(), fc.constantFrom('</script>', '<!--', '<script>', ']]>', '\u2028'));
    fc.assert(
      fc.property(fc.dictionary(nasty, fc.array(nasty)), data => {
        const made = String(dataElement('data', data));
        const [, json = ''] = /^<script type="application\/json" id="data">(.*)<\/script>$/s.exec(made) ?? [];
        expect(json).not.toContain('<');
        expect(JSON.parse(json)).toEqual(data);
      }),
    );
  });

  test('a script that speaks of its own end does not end', () => {
    expect(String(ownElement('script', 'const end = "</script>";'))).toBe(
      '<script>const end = "<\\/script>";</script>',
    );
  });
});

function unescaped(text = ''): string {
  const characters = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' } as Record<string, string>;
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, name => characters[name]!);
}
