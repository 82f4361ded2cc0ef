/** What is wrong with an address outside that the program is told to call. */
export type OutsideUrlProblem = 'NOT_A_URL' | 'NOT_HTTP' | 'HAS_CREDENTIALS' | 'HAS_QUERY' | 'METADATA_ADDRESS';

const URL_LENGTH_MAX = 2_000;

/**
 * Whether the program may be told to call this address. Private networks are allowed, since what an operator runs is there; what is
 * never meant is the machine's own neighbourhood, where clouds hand out credentials to whoever asks.
 * Credentials in an address would be seen by all who may read it. `undefined`: nothing is wrong.
 */
export function outsideUrlProblem(text: string): OutsideUrlProblem | undefined {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) return 'NOT_A_URL';
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return 'NOT_HTTP';
  if (username !== '' || password !== '') return 'HAS_CREDENTIALS';
  if (search !== '' || hash !== '' || /[?#]/.test(text)) return 'HAS_QUERY';
  return isMetadataAddress(hostname.replace(/^\[|\]$/g, '')) ? 'METADATA_ADDRESS' : undefined;
}

/** Addresses outside the link-local blocks at which clouds answer: Alibaba Cloud, Azure, Oracle Cloud; and AWS by IPv6. */
const METADATA_V4 = new Set(['100.100.100.200', '168.63.129.16', '192.0.0.192']);
const METADATA_V6 = 'fd00:ec2:0:0:0:0:0:254';

/**
 * Whether an IP address is link-local (169.254.0.0/16, fe80::/10) or one at which a cloud answers with its metadata; also where
 * the IPv4 address is wrapped in an IPv6 one. A name is none: look it up first, and ask again.
 */
export function isMetadataAddress(address: string): boolean {
  if (isMetadataV4(address)) return true;
  const groups = groupsOf(address);
  if (groups === undefined) return false;
  if (((groups[0] ?? 0) & 0xffc0) === 0xfe80) return true;
  if (groups.map((group) => group.toString(16)).join(':') === METADATA_V6) return true;
  const wrapped = wrappedV4(groups);
  return wrapped !== undefined && isMetadataV4(wrapped);
}

function isMetadataV4(address: string): boolean {
  return address.startsWith('169.254.') || METADATA_V4.has(address);
}

/** The eight groups of an IPv6 address, however it is abbreviated; `undefined` for anything else. */
function groupsOf(address: string): readonly number[] | undefined {
  const literal = `http://[${address.split('%', 1)[0]}]/`;
  if (!address.includes(':') || !URL.canParse(literal)) return undefined;
  const [head = '', tail] = new URL(literal).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address inside ::a.b.c.d, ::ffff:a.b.c.d, 64:ff9b::a.b.c.d (NAT64) and 2002:a.b.c.d:: (6to4). */
function wrappedV4(groups: readonly number[]): string | undefined {
  const start = groups.slice(0, 6).join(',');
  if (start === '0,0,0,0,0,0' || start === '0,0,0,0,0,65535' || start === '100,65435,0,0,0,0') return dotted(groups[6], groups[7]);
  return groups[0] === 0x2002 ? dotted(groups[1], groups[2]) : undefined;
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
