import { isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'gb18030';

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** The text of bytes; undefined when they are not valid in the encoding. */
export function decodeText(bytes: Buffer, encoding: Encoding): string | undefined {
  switch (encoding) {
    case 'utf-8':
      return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
    case 'gb18030':
      try {
        return gb18030.decode(bytes);
      } catch {
        return undefined;
      }
  }
}

const UTF_8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** How many bytes of a byte-order mark a file begins with. */
export function markLength(head: Buffer, encoding: Encoding): number {
  return encoding === 'utf-8' && head.subarray(0, 3).equals(UTF_8_MARK) ? 3 : 0;
}
