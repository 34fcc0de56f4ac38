// The describe page. Everything works without this; with it nothing needs a new page or a mouse.

import './describe/dates.js';
import './describe/lookup.js';
import './describe/rows.js';
import './describe/saving.js';
import './describe/unsaved.js';
import './describe/copying.js';
import './describe/pictures.js';
import './describe/regions.js';
import './describe/keys.js';
