#pragma once

#include "treaty/view.h"

namespace comity::treaty {

/// Art. 26(4) and 28(4) say the same: officials on foreign ground may wear their uniform and carry
/// their service weapons and other means, unless the Party of the territory declared that they may
/// not, or only on conditions.
Truth may_wear_and_carry(View& view);

} // namespace comity::treaty
