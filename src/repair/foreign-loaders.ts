import { sharp } from '../node/decode/sharp.ts';

// The other formats that are converted. What may be loaded is the whole process's: this is imported by the process
// that has one file open, and by nothing else.
sharp.unblock({
  operation: ['VipsForeignLoadNsgifBuffer', 'VipsForeignLoadTiffBuffer', 'VipsForeignLoadHeifBuffer'],
});

export { sharp };
