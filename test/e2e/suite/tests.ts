// Every test of the API suite; both hosts run all of them.
import './activation.test.js';
import './language.test.js';
