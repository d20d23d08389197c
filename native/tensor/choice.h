// The choice among an operator's overloads for the arguments of one call.
#pragma once
#include "overloads.h"

namespace notebooster {

/* The plan for the arguments in the frame: the first overload that takes them, which depends on their heads only. Throws with
   what was given, what there is and the nearest option. */
const Plan& choose(OverloadSet& set);

}  // namespace notebooster
