// Teaches a thread TypeScript. Given to node with --import; that of tsx itself is for main threads.
import { register } from 'tsx/esm/api';

register();
