/** Sensitivity by definition: the first rule that fits a resource and an action decides, else the resource's own. */
import type { Entity, JsonValue } from '../../engine/model/index.ts';
import type { SensitivityRule } from '../../engine/sensitivity/rule.ts';
import { matches } from './oracle/index.ts';

export function obviousWeight(rules: readonly SensitivityRule[], resource: Entity, action: string): number {
  const rule = rules.find(
    (each) => fits(each, resource) && (each.actions ?? ['*']).some((pattern) => matches(pattern, action)),
  );
  return rule?.weight ?? resource.sensitivity ?? 0;
}

function fits({ resource: { type = '*', id = '*', attributes = {} } }: SensitivityRule, entity: Entity): boolean {
  return (
    matches(type, entity.resourceType ?? '') &&
    matches(id, entity.id) &&
    Object.entries(attributes).every(([name, pattern]) =>
      textsOf(Object.hasOwn(entity.attributes, name) ? entity.attributes[name] : undefined).some((text) =>
        matches(pattern, text),
      ),
    )
  );
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.filter((each) => !Array.isArray(each)).flatMap(textsOf);
  return value === undefined || value === null || typeof value === 'object' ? [] : [String(value)];
}
