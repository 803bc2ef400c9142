import type { Documents, StoredDocument } from '../../../ports/documents.ts';

const PAGE = 500;

/** All documents, by id, a page at a time. */
export async function* pagesOf<T extends StoredDocument>(documents: Documents<T>): AsyncGenerator<readonly T[]> {
  const sort = { field: '_id', direction: 'ascending' } as const;
  for (let last = ''; ; ) {
    const from = { field: '_id', value: last } as const;
    const page = await documents.find({ where: {}, from, sort, limit: PAGE } as Parameters<typeof documents.find>[0]);
    const news = page.filter(({ _id }) => _id !== last);
    if (news.length > 0) yield news;
    const end = page.at(-1)?._id;
    if (end === undefined || page.length < PAGE) return;
    last = end;
  }
}
