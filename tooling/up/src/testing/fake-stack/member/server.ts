import { memberPort } from '../env';
import { serve } from '../serve';

serve(memberPort);
