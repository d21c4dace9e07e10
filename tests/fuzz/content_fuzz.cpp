// A content from another State: "type schema", a line feed, the bytes. What the check takes, the
// struct can hold, and what the struct writes the check takes again.
#include "message/body.h"
#include "message/content.h"
#include "message/identification.h"
#include "message/operation.h"

using namespace comity;

namespace {

template <class Body> void hold(ByteView bytes)
{
    auto const read = message::read_body<Body>(bytes);
    MUST(read.ok());
    auto const written = json::to_text(read.value().body);
    if (written.size() > message::content_bytes_max) return; // escapes are longer than letters
    auto const again = message::read_body<Body>(as_view(written));
    MUST(again.ok() && json::to_text(again.value().body) == written);
    MUST(again.value().not_understood.empty());
}

void hold(message::Type type, ByteView bytes)
{
    if (type == message::Type::request) hold<message::Request>(bytes);
    if (type == message::Type::answer) hold<message::Answer>(bytes);
    if (type == message::Type::dna_request) hold<message::DnaRequest>(bytes);
    if (type == message::Type::operation_report) hold<message::OperationReport>(bytes);
    if (type == message::Type::team_proposal) hold<message::TeamProposal>(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    ByteView const all { data, size };
    auto const text = as_text(all);
    auto const line = text.substr(0, text.find('\n'));
    auto const blank = std::min(line.find(' '), line.size());
    auto const type = line.substr(0, blank);
    auto const schema = line.substr(std::min(blank + 1, line.size()));
    auto const bytes = all.subspan(std::min(line.size() + 1, size));
    auto const read = message::read_content(type, schema, bytes);
    if (!read.ok()) {
        MUST(!read.error().what.empty());
        return 0;
    }
    MUST(read.value().not_understood.size() <= message::not_understood_max);
    for (auto const& path : read.value().not_understood)
        MUST(path.size() <= message::path_bytes_max);
    if (read.value().known_schema) hold(message::find_type(type)->type, bytes);
    return 0;
}
