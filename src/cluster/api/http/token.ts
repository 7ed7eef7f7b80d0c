import type { ApiObject } from '../../store/objects.ts';
import { noSuchPath } from '../request/errors.ts';
import type { Subresource } from '../resources.ts';
import type { Served } from './common.ts';
import type { Exchange } from './exchange.ts';

export async function sendToken(_e: Exchange, _o: ApiObject, _s: Served, _sub: Subresource): Promise<void> {
  throw noSuchPath();
}
