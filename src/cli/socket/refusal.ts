/** The daemon's HTTP answer where a WebSocket was asked for. */
export class Refusal extends Error {
  readonly body: string;

  constructor(body: string) {
    super('the upgrade was refused');
    this.body = body;
  }
}
