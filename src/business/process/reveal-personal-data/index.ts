export { revealPersonalData } from './reveal-personal-data';
