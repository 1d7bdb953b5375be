"""What an answer must say. Each expectation looks at a reply and says what is wrong with it, or nothing.

Values come from the raw figures; words are looked for in English and German alike.
"""

from tests.eval.expect.companies import About as About
from tests.eval.expect.companies import FirstNamed as FirstNamed
from tests.eval.expect.companies import Lists as Lists
from tests.eval.expect.companies import Winner as Winner
from tests.eval.expect.figures import Count as Count
from tests.eval.expect.figures import Dated as Dated
from tests.eval.expect.figures import Figure as Figure
from tests.eval.expect.figures import Moved as Moved
from tests.eval.expect.ports import AllOf as AllOf
from tests.eval.expect.ports import AnyOf as AnyOf
from tests.eval.expect.ports import Expectation as Expectation
from tests.eval.expect.ports import all_wrong as all_wrong
from tests.eval.expect.words import WORDS_MAX as WORDS_MAX
from tests.eval.expect.words import Declines as Declines
from tests.eval.expect.words import Denies as Denies
from tests.eval.expect.words import Names as Names
from tests.eval.expect.words import Never as Never
from tests.eval.expect.words import Rated as Rated
from tests.eval.expect.words import Says as Says
from tests.eval.expect.words import Short as Short
