import { z } from 'zod';

export const recordType = z.enum(['A', 'AAAA', 'CNAME', 'NS', 'SOA', 'MX', 'TXT', 'PTR', 'SRV']);
