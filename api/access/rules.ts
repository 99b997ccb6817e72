/**
 * Who may do what: the one table. A standing is a role in a salon, a power over the installation,
 * or a relation to the very thing that is asked for. Votes have no line for the admin.
 */
export const STANDINGS = [
  /** Anybody, signed in or not. */
  'visitor',
  /** Signed in. */
  'person',
  /** Keeps the installation; manages accounts and salons, has no power over a vote. */
  'admin',
  'host',
  'secretary',
  'guest',
  'trainer',
  'learner',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a member of a salon can be; to anyone else its inner pages do not exist. */
export const MEMBERS = ['host', 'secretary', 'guest', 'trainer', 'learner'] as const;
export type MemberRole = (typeof MEMBERS)[number];

export const PERMISSIONS = {
  'site.read': ['visitor'],
  'session.enter': ['visitor'],
  'own.manage': ['person'],

  'account.list': ['admin'],
  'account.manage': ['admin'],
  'salon.create': ['admin'],

  'salon.read': ['visitor'],
  'salon.live': MEMBERS,
  'salon.configure': ['host'],
  'seat.manage': ['host'],
  'member.list': ['host', 'secretary', 'guest', 'trainer', 'learner'],
  'member.manage': ['host'],
  'host.appoint': ['admin', 'host'],
  'roster.import': ['host'],
  'audit.read': ['host'],
} as const satisfies Record<string, readonly Standing[]>;
export type Action = keyof typeof PERMISSIONS;

/** Chinese names, for the pages that explain who may do what. */
export const STANDING_NAMES: Readonly<Record<Standing, string>> = {
  visitor: '任何人',
  person: '登录者',
  admin: '系统管理员',
  host: '主办单位',
  secretary: '社区书记',
  guest: '嘉宾',
  trainer: '培训师',
  learner: '学员',
};

/** @param standings all that the actor holds here; 'visitor' is always among them */
export function may(standings: ReadonlySet<Standing>, action: Action): boolean {
  return PERMISSIONS[action].some((standing) => standings.has(standing));
}

export type Decision = 'allowed' | 'signIn' | 'hidden' | 'refused';

/**
 * What to answer. Inside a salon, someone who does not belong learns nothing, not even that it is
 * there; a member who is not entitled is told so.
 */
export function decide(
  standings: ReadonlySet<Standing>,
  action: Action,
  place: 'installation' | 'salon',
): Decision {
  if (may(standings, action)) return 'allowed';
  if (!standings.has('person')) return 'signIn';
  const belongs = standings.has('admin') || MEMBERS.some((role) => standings.has(role));
  return place === 'salon' && !belongs ? 'hidden' : 'refused';
}
