export { ambassador, firstContact, gettingAcquainted, relationship } from './phases.ts';
