import type { Demonstration } from '../../business/process/demonstration';

/** What a new user is told once the program serves. */
export interface Welcome {
  readonly url: string;
  readonly primaryUrl: string;
  readonly standbyUrl: string | undefined;
  /** Null when the database holds an operator of its own. */
  readonly demonstration: Demonstration | null;
}

/** The addresses, the log-ins and a first query, ready to paste. */
export function welcomeText({ url, primaryUrl, standbyUrl, demonstration }: Welcome): string {
  const lines = [
    '',
    'Sanhu 三户 is serving.',
    '',
    `  staff      ${url}/graphql            (GraphiQL in a browser)`,
    `  reporting  ${url}/reporting/graphql`,
    `  partners   ${url}/partner/graphql`,
    `  health     ${url}/health/ready       metrics ${url}/metrics`,
    `             ${url}/reporting/health/ready       ${url}/reporting/metrics`,
    `  primary    ${withoutPassword(primaryUrl)}`,
    `  standby    ${standbyUrl === undefined ? 'none' : withoutPassword(standbyUrl)}`,
  ];
  if (demonstration !== null) {
    const [first] = demonstration.logIns;
    lines.push('', demonstrationText(demonstration));
    if (first !== undefined)
      lines.push('', 'A first query:', '', ...firstQuery(url, first.loginName, first.password, demonstration.sampleNumber));
  }
  lines.push('', 'Ctrl-C stops all of it.', '');
  return lines.join('\n');
}

/** Who may log in to the demonstration's operator. */
export function demonstrationText({ logIns, partner }: Demonstration): string {
  const rows = logIns.map(({ loginName, password, who }) => `  ${loginName.padEnd(22)} ${password.padEnd(20)} ${who}`);
  const ofPartner = `  ${partner.clientId.padEnd(22)} ${partner.clientSecret.padEnd(20)} partner (client id and secret, POST /auth/token)`;
  return ['Log-ins of the demonstration operator:', '', ...rows, ofPartner].join('\n');
}

function firstQuery(url: string, loginName: string, password: string, number: string): string[] {
  const readToken = `node -p 'JSON.parse(require("fs").readFileSync(0)).accessToken'`;
  return [
    `  TOKEN=$(curl -s ${url}/auth/log-in -H 'content-type: application/json' \\`,
    `    -d '{"loginName":"${loginName}","password":"${password}"}' | ${readToken})`,
    `  curl -s ${url}/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
    `    -d '{"query":"{ subscriberByNumber(number: \\"${number}\\") { accessNumber status customer { customerNo name } } }"}'`,
  ];
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]+@/, ':…@');
}
