import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../kernel/failure';
import { newId } from '../../kernel/id';
import { bytesIn } from './clean-uploads';

/** A file that was taken in, by its content: the same content twice is one file. */
export interface Upload {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
  readonly file: string;
}

/** Where the file of a digest lies, when it was taken in. */
export function uploadedFile(directory: string, digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new Failure('BAD_USER_INPUT', 'A file digest is a SHA-256 in hexadecimal.');
  return join(directory, digest);
}

export interface UploadLimits {
  readonly directory: string;
  /** Of one file. */
  readonly limitBytes: number;
  /** Of all files that lie in the directory. */
  readonly totalBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * Takes a file in: straight to disk, never whole in memory. What breaks off or is too long leaves nothing behind.
 * @throws Failure BAD_USER_INPUT when it is longer than allowed; DEPENDENCY_UNAVAILABLE with the reason UPLOADS_FULL when the
 * directory has no room for it (files that are sent at once do not see each other's rest, so it may be passed by these)
 */
export async function receiveUpload(content: Readable, { directory, limitBytes, totalBytes, signal }: UploadLimits): Promise<Upload> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const roomBytes = totalBytes - (await bytesIn(directory));
  if (roomBytes <= 0) throw full(totalBytes);
  const part = join(directory, `${newId('event')}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > limitBytes) done(new Failure('BAD_USER_INPUT', `A file may have at most ${limitBytes} bytes.`, { limitBytes }));
      else if (bytes > roomBytes) done(full(totalBytes));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(content, measured, createWriteStream(part, { mode: 0o600, flush: true }), signal === undefined ? {} : { signal });
    const digest = hash.digest('hex');
    const file = uploadedFile(directory, digest);
    // A job may be reading it: the file that is there stays, and is as if it were sent now for him who cleans up.
    const known = await chmod(file, 0o600).then(() => true, () => false); // prettier-ignore
    if (!known) await rename(part, file);
    return { digest, bytes, file };
  } finally {
    await rm(part, { force: true });
  }
}

function full(totalBytes: number): Failure {
  return new Failure(
    'DEPENDENCY_UNAVAILABLE',
    'There is no room for more files: those of imports that have ended are deleted after some days.',
    {
      reason: 'UPLOADS_FULL',
      totalBytes,
    },
  );
}
