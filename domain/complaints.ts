import type { Case, Known } from './customer.ts';
import type { StoredEvent } from './event.ts';

/** Adds a complaint, or the resolution of one; each is kept, as a resolution may come before its complaint. */
export function foldCases(cases: readonly Case[], { id, type, data, at }: StoredEvent): readonly Case[] {
  if (type !== 'complaint' && type !== 'complaint-resolved') return cases;
  const about = data?.orderId === undefined ? {} : { orderId: data.orderId };
  const told: Case = { id, kind: type === 'complaint' ? type : 'resolution', at, ...about };
  return [...cases, told].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** A complaint is open until a resolution of its order, or of everything, follows it. */
export function complaintsOf(cases: readonly Case[]): Known['complaints'] {
  const complaints = cases.filter(({ kind }) => kind === 'complaint');
  const resolutions = cases.filter(({ kind }) => kind === 'resolution');
  const isOpen = (complaint: Case) => !resolutions.some((resolution) => resolves(resolution, complaint));
  const lastAt = complaints.at(-1)?.at;
  return { open: complaints.filter(isOpen).map(({ id }) => id), ...(lastAt === undefined ? {} : { lastAt }) };
}

function resolves(resolution: Case, complaint: Case): boolean {
  const isAbout = resolution.orderId === undefined || resolution.orderId === complaint.orderId;
  return isAbout && resolution.at >= complaint.at;
}
