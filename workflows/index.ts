export { ambassador, firstContact, gettingAcquainted, relationship } from './phases.ts';
export { retain } from './retain.ts';
