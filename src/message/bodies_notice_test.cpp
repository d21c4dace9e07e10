#include "message/bodies_test.h"

namespace comity::message {

TEST(Bodies, of_notices_survive_reading_and_writing)
{
    all_survive(NoticeBodies {});
}

} // namespace comity::message
