#include "exchange/evidence_attachments.h"

#include "base/file.h"
#include "exchange/trial_node_test.h"

#include <fmt/format.h>

namespace comity::exchange::trial {
namespace {

AttachmentSettings small()
{
    AttachmentSettings out;
    out.chunk_bytes = 50;
    return out;
}

ByteSource source_of(std::string text)
{
    return [text = std::move(text)](std::span<std::uint8_t> room) mutable -> Result<std::size_t> {
        auto const count = std::min(room.size(), text.size());
        std::copy_n(text.begin(), count, room.begin());
        text.erase(0, count);
        return count;
    };
}

bool script_holds(std::filesystem::path const& folder)
{
    auto const command = fmt::format("sh {}/verify.sh >/dev/null 2>&1", folder.string());
    return std::system(command.c_str()) == 0; // NOLINT: the point is that others can run it
}

std::string const text = std::string(120, 'x') + "TEST";

/// A message with a file of three chunks and an empty one, as its sender exports it.
struct Exported {
    Node sofia { 0, small() };
    ScratchFolder folder;
    std::filesystem::path path = folder / "evidence";

    explicit Exported(Opened opened)
    {
        auto out = sofia.outgoing("with a file", "RO");
        out.attachments = { { "a \"quoted\" {\"n\":2 name", "text/plain", source_of(text) },
            { "empty", "text/plain", source_of("") } };
        auto const id = sofia.queue(std::move(out)).value();
        for (int i = 0; i < 2; ++i) {
            auto const cargo = sofia.exchange->attachments().next_for("RO").value();
            EXPECT_TRUE(sofia.exchange->attachments().arrived(cargo.value()).ok());
        }
        EXPECT_EQ(sofia.exchange->number("RO").value(), 1U);
        auto const done = sofia.store->read([&](Transaction& t) {
            return export_evidence(t, *sofia.exchange, sofia.ledger->verifier(), id, path, opened);
        });
        EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().what);
    }
};

void flip(std::filesystem::path const& file)
{
    auto content = read_file(file).take();
    if (content.empty())
        content.push_back(0);
    else
        content[content.size() / 2] ^= 1;
    ASSERT_TRUE(write_file(file, content).ok());
}

} // namespace

TEST(EvidenceAttachments, hold_for_Comity_and_for_openssl_alone)
{
    Exported const exported { Opened::yes };
    auto const holds = verify_evidence(exported.path);
    ASSERT_TRUE(holds.ok()) << holds.error().what;
    EXPECT_TRUE(script_holds(exported.path));
    auto const content = read_file(exported.path / "attachments/2/content").take();
    EXPECT_EQ(as_text(content), text);
    EXPECT_TRUE(std::filesystem::exists(exported.path / "attachments/2/0003.p7m"));
    EXPECT_FALSE(std::filesystem::exists(exported.path / "attachments/2/0004.p7m"));
}

TEST(EvidenceAttachments, hold_while_they_stay_sealed)
{
    Exported const exported { Opened::no };
    EXPECT_FALSE(std::filesystem::exists(exported.path / "attachments/2/content"));
    EXPECT_TRUE(verify_evidence(exported.path).ok());
    EXPECT_TRUE(script_holds(exported.path));
}

TEST(EvidenceAttachments, any_altered_file_is_found)
{
    for (auto const* file :
        { "attachments/2/0001.p7m", "attachments/2/0003.p7m", "attachments/2/0002.head",
            "attachments/2/content", "attachments/3/0001.p7m", "attachments/3/content" }) {
        Exported const exported { Opened::yes };
        flip(exported.path / file);
        EXPECT_FALSE(verify_evidence(exported.path).ok()) << file;
        EXPECT_FALSE(script_holds(exported.path)) << file;
    }
}

TEST(EvidenceAttachments, a_chunk_that_is_missing_is_found)
{
    Exported const exported { Opened::yes };
    std::filesystem::remove(exported.path / "attachments/2/0003.p7m");
    EXPECT_FALSE(verify_evidence(exported.path).ok());
    EXPECT_FALSE(script_holds(exported.path));
}

} // namespace comity::exchange::trial
