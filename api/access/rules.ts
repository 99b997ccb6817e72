/** What a member of a salon can be; to anyone else its inner pages do not exist. */
export const MEMBERS = ['host', 'secretary', 'guest', 'trainer', 'learner'] as const;
export type MemberRole = (typeof MEMBERS)[number];

/** What one is to a single thing; asked for with it. */
export const RELATIONS = [
  /** Holds the seat that is asked about. */
  'holder',
  /** Holds the seat that proposed the topic. */
  'proposer',
  /** Holds the seat that chairs the session. */
  'chair',
  /** A guest of the very session. */
  'invited',
  /** Of the unit that an action item is given to. */
  'responsible',
  /** Holds a seat whose secretary sits on the topic committee. */
  'member',
  /** Whoever chooses the topics now, alone: the host, while no committee does. */
  'reviewer',
  /** Holds a seat that is named for the open election. */
  'nominee',
  /** Leads a ballot: the chair, or the host where the chair is a member or a nominee. */
  'presider',
  /** Holds the seat that checks a ballot's count. */
  'scrutineer',
  /** Wrote the thread or the post. */
  'author',
] as const;
export type Relation = (typeof RELATIONS)[number];

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
  ...MEMBERS,
  ...RELATIONS,
] as const;
export type Standing = (typeof STANDINGS)[number];

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

  'leave.take': ['holder', 'host'],
  'swap.read': ['host', 'secretary'],
  'swap.offer': ['secretary'],
  'swap.answer': ['holder'],

  'round.read': ['host', 'secretary'],
  'topic.write': ['secretary'],
  'topic.change': ['proposer'],
  'topic.support': ['secretary'],
  'topic.review': ['reviewer'],
  'topic.schedule': ['host'],
  'motion.sign': ['member'],
  'vote.cast': ['secretary'],

  'session.list': ['host', 'secretary', 'guest', 'trainer', 'learner'],
  'session.read': ['host', 'secretary', 'trainer', 'learner', 'invited'],
  'session.convene': ['host'],
  'session.prepare': ['host', 'chair'],
  'session.run': ['host', 'chair'],
  'session.checkIn': ['secretary', 'invited'],
  'guest.invite': ['host', 'chair'],
  'guest.answer': ['invited'],
  /** By the link alone. */
  'guest.visit': ['visitor'],

  'minutes.draft': ['host', 'chair'],
  'minutes.publish': ['host'],
  'action.read': ['host', 'secretary', 'guest', 'trainer', 'learner'],
  'action.work': ['host', 'responsible'],

  'committee.read': ['visitor'],
  'nominee.name': ['secretary'],
  'nominee.answer': ['nominee'],
  'committee.resign': ['member'],
  'ballot.run': ['presider'],
  'ballot.take': ['secretary'],
  /** By a token that the ballot's key has signed, and nothing else (salon-rules §6). */
  'ballot.cast': ['visitor'],
  'ballot.recount': ['visitor'],
  'ballot.scrutinise': ['scrutineer'],

  /** Lists and searches give each what they may read. */
  'forum.list': ['visitor'],
  /** Who is told what is new there. */
  'forum.keepUp': MEMBERS,
  'thread.readPublic': ['visitor'],
  'thread.read': ['host', 'secretary', 'trainer', 'learner', 'invited'],
  /** What goes before writing: drafts, a preview, pictures, whom one can call. */
  'post.compose': MEMBERS,
  'thread.write': ['host', 'secretary', 'trainer', 'learner', 'invited'],
  'post.change': ['author'],
  'answer.accept': ['author', 'host'],
  'forum.moderate': ['host'],
  'webhook.manage': ['host'],
  /** By the token in a mail. */
  'mail.stop': ['visitor'],

  'calendar.read': ['visitor'],
  'site.publish': ['admin', 'host'],
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
  holder: '该席位的书记',
  proposer: '提出者',
  chair: '本期轮值主席',
  invited: '本期嘉宾',
  responsible: '责任单位',
  member: '选题委员',
  reviewer: '确定议题者',
  nominee: '被提名者',
  presider: '主持表决者',
  scrutineer: '监票人',
  author: '作者',
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
  const inside = ['admin', ...MEMBERS, ...RELATIONS] as const;
  const belongs = inside.some((standing) => standings.has(standing));
  return place === 'salon' && !belongs ? 'hidden' : 'refused';
}
