export * from './people.ts';
export * from './record.ts';
export * from './salon.ts';
