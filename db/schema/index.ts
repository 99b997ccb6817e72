export * from './committee.ts';
export * from './delivery.ts';
export * from './forum.ts';
export * from './months.ts';
export * from './people.ts';
export * from './record.ts';
export * from './salon.ts';
