import { NetworkElement, type ElementPlan } from './network-element';

/* A network element in a process of its own: `network-element-program.ts PORT PLAN`. It ends with its standard input. */

const [port = '0', plan = '{}'] = process.argv.slice(2);

process.stdin.resume().once('end', () => process.exit(0));
void NetworkElement.start(JSON.parse(plan) as Partial<ElementPlan>, Number(port)).then(({ url }) => process.stdout.write(`READY ${url}\n`));
