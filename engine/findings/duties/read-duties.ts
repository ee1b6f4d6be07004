export const readDutyRules = (_text: string, _file: string): never[] => [];
