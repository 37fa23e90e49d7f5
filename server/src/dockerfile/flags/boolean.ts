/** What Go's strconv.ParseBool takes. */
export const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
