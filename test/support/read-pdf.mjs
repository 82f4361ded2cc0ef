import { Buffer } from 'node:buffer';
import { getDocumentProxy } from 'unpdf';

/*
 * Reads a PDF from standard input with PDF.js, as a browser shows it, and prints each page's pieces of text with their place.
 * A process of its own: Jest loads no ES module.
 */

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const document = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
const pages = [];
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const [, , width, height] = page.view;
  pages.push({
    width,
    height,
    pieces: items
      .filter(({ str }) => str !== '')
      .map(({ str, transform, width }) => ({ text: str, x: transform[4], y: transform[5], width })),
  });
}
const { info } = await document.getMetadata();
process.stdout.write(JSON.stringify({ pages, title: info.Title, language: info.Language }));
