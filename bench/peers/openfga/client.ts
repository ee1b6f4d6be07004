/** The few calls to an OpenFGA server's HTTP API that the bench makes: plain `fetch`, which keeps its connections open. */
import { type AuthorizationModel, objectText, subjectText, type Tuple } from './relations.ts';

/** Tuples of one write. */
const WRITTEN = 5_000;

export class OpenFgaClient {
  readonly #url: string;
  #store = '';
  #model = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** A store of its own with the model and the tuples. */
  async load(model: AuthorizationModel, tuples: readonly Tuple[]): Promise<void> {
    const { id } = await this.#post<{ id: string }>('/stores', { name: 'bench' });
    this.#store = `/stores/${id}`;
    const made = await this.#post<{ authorization_model_id: string }>(`${this.#store}/authorization-models`, model);
    this.#model = made.authorization_model_id;
    for (let first = 0; first < tuples.length; first += WRITTEN) {
      const tuple_keys = tuples.slice(first, first + WRITTEN).map(({ object, relation, subject }) => ({
        object: objectText(object),
        relation,
        user: subjectText(subject),
      }));
      await this.#ask('write', { writes: { tuple_keys } });
    }
  }

  async check(user: string, relation: string, object: string): Promise<boolean> {
    const { allowed = false } = await this.#ask<{ allowed?: boolean }>('check', {
      tuple_key: { user, relation, object },
    });
    return allowed;
  }

  async listObjects(user: string, relation: string, type: string): Promise<readonly string[]> {
    const { objects = [] } = await this.#ask<{ objects?: string[] }>('list-objects', { user, relation, type });
    return objects;
  }

  /** Of one type, each as `type:id`. */
  async listUsers(object: { readonly type: string; readonly id: string }, relation: string, type: string) {
    const { users = [] } = await this.#ask<{ users?: { object: { type: string; id: string } }[] }>('list-users', {
      object,
      relation,
      user_filters: [{ type }],
    });
    return users.map((user) => `${user.object.type}:${user.object.id}`);
  }

  #ask<T>(question: string, body: object): Promise<T> {
    return this.#post<T>(`${this.#store}/${question}`, { ...body, authorization_model_id: this.#model });
  }

  async #post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.#url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`OpenFGA answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }
}
