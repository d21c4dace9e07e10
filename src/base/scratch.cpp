#include "base/scratch.h"

#include "base/check.h"

#include <cstdlib>
#include <string>

namespace comity {

ScratchFolder::ScratchFolder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "comity-XXXXXX").string();
    MUST(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace comity
