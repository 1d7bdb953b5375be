import { signInAsDemo } from "./demo";
import { getToken, setToken } from "./token";

/** After a token was refused: asks whoever gives tokens for a newer one, the embedding page or development mode. With
 * nobody to ask the reader is signed out, and the sign-in page says what to do. */
export async function signInAgain(): Promise<void> {
  if ((await getToken(true)) === null && !(await signInAsDemo())) setToken(null);
}
