import './start-postgres';
import { rm } from 'node:fs/promises';

export default async function stopPostgres(): Promise<void> {
  const running = globalThis.sanhuTestPostgres;
  if (running === undefined) return;
  globalThis.sanhuTestPostgres = undefined;
  await running.pair.stop();
  await rm(running.directory, { recursive: true, force: true });
}
