export interface ResolvedDutyRule {
  readonly name: string;
}
export const resolveDuties = (_s: unknown, _r: unknown, _f: string): ResolvedDutyRule[] => [];
