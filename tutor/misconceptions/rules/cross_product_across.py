"""x/a = b/c -> x*b = a*c"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("cross_product_across", patterns=("a/b = c/d -> a*c = b*d",))
