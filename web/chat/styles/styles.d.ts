/** A style sheet: importing it is all there is to do. */
export {};
