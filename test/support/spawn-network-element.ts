import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ElementPlan, ElementRecord } from './network-element';

/** A network element that outlives whatever a test kills, but not the test. */
export interface SpawnedElement {
  readonly url: string;
  record(): Promise<ElementRecord>;
  stop(): Promise<void>;
}

export async function spawnNetworkElement(plan: Partial<ElementPlan> = {}, port = 0): Promise<SpawnedElement> {
  const program = join(__dirname, 'network-element-program.ts');
  const args = ['-r', join(__dirname, 'run-typescript.cjs'), program, String(port), JSON.stringify(plan)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const url = await new Promise<string>((ready, failed) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const [, found] = /READY (\S+)/.exec(said) ?? [];
      if (found !== undefined) ready(found);
    });
    child.once('close', (code) => failed(new Error(`the network element ended with ${code}: ${said}`)));
  });
  return {
    url,
    record: async () => (await (await fetch(`${url}/record`)).json()) as ElementRecord,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
