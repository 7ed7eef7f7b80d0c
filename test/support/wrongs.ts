import { wrongAddresses } from './wrong/addresses.ts';
import { wrongCertificates } from './wrong/certificates.ts';
import { wrongEnds } from './wrong/ends.ts';
import { wrongLinks } from './wrong/links.ts';
import { wrongNames } from './wrong/names.ts';
import { wrongPaths } from './wrong/paths.ts';
import { wrongPings } from './wrong/pings.ts';
import { wrongPrograms } from './wrong/programs.ts';
import { wrongRoutes } from './wrong/routes.ts';
import { wrongServices } from './wrong/services.ts';
import { wrongSpreads } from './wrong/spreads.ts';
import { wrongWire } from './wrong/wire.ts';

/** Wrong states and the expected reason of each: every reason there is, at least once. */
export const wrongs = [
  ...wrongLinks,
  ...wrongAddresses,
  ...wrongRoutes,
  ...wrongPings,
  ...wrongServices,
  ...wrongNames,
  ...wrongPrograms,
  ...wrongPaths,
  ...wrongSpreads,
  ...wrongCertificates,
  ...wrongEnds,
  ...wrongWire,
];
