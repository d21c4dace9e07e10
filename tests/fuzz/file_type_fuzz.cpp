// A file that came with a message and its name, both foreign: what it is said to be, and the name
// under which it is saved.
#include "casework/file_type.h"
#include "fuzz/fuzz.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    ByteView const input { data, size };
    auto const* type = casework::file_type_of(input);
    MUST(!type || casework::find_file_type(type->media_type) == type);
    auto const name = as_text(input.first(std::min<std::size_t>(size, 200)));
    auto const saved = casework::name_to_save(name, type);
    MUST(saved.find_first_of("/\\\n") == saved.npos && saved.front() != '.');
    MUST(type ? casework::fits(*type, saved) : saved.ends_with(".bin"));
    return 0;
}
