#include "message/bodies_test.h"

namespace comity::message {

TEST(Bodies, of_cycles_survive_reading_and_writing)
{
    all_survive(CycleBodies {});
}

} // namespace comity::message
