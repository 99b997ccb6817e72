import ip from 'ipaddr.js';

/** Where the server may call: nothing typed by a person leads it into the network it stands in. */

/** Open to the world by these ports only: others are databases, mail servers, consoles. */
const PORTS: readonly string[] = ['', '80', '443', '8443'];
const LONGEST = 2000;

/** Of one's own network; reachable where the installation allows it. */
const OWN: readonly string[] = ['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'];
/** All that is given out for IPv6 in the world: 2000::/3. */
const GIVEN_OUT = ip.IPv6.parse('2000::');

/**
 * Whether the address is one that a call may go to. An IPv4 address in the clothes of IPv6 counts
 * as itself; whatever leads on to another (6to4, Teredo, NAT64) and whatever is set aside is no
 * target, nor are link-local addresses, where clouds answer with their keys, even if `allowOwn`.
 */
export function isTarget(address: string, allowOwn: boolean): boolean {
  if (!ip.isValid(address)) return false;
  const { kind, range, world } = readAddress(address);
  if (range === 'unicast') return kind === 'ipv4' || world;
  return allowOwn && OWN.includes(range);
}

function readAddress(address: string): { kind: string; range: string; world: boolean } {
  const parsed = ip.process(address);
  const world = parsed instanceof ip.IPv6 && parsed.match(GIVEN_OUT, 3);
  return { kind: parsed.kind(), range: parsed.range(), world };
}

/** The host as an address, if it is written as one; URL has read 127.1 and 0x7f000001 already. */
export function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ip.isValid(bare) ? bare : undefined;
}

/**
 * What is wrong with an address before anybody is asked for the name in it, in Chinese.
 * @param allowOwn whether the installation's own network, plain http and any port are allowed
 */
export function faultOfUrl(text: string, allowOwn: boolean): string | undefined {
  if (text.length > LONGEST) return '地址太长，请重新复制';
  if (!URL.canParse(text)) return '地址的写法不对，请整个复制过来';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowOwn && url.protocol === 'http:')) {
    return '地址须以 https:// 开头';
  }
  if (url.username || url.password) return '地址里不能有用户名和密码';
  if (!allowOwn && !PORTS.includes(url.port)) return '地址里的端口只能是 443、8443 或 80';
  const literal = literalOf(url);
  if (literal !== undefined && !isTarget(literal, allowOwn)) return INNER;
  return undefined;
}

export const INNER = '这是内部网络的地址，不能发往那里';
