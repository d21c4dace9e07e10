#include "message/attached.h"

#include "message/body.h"
#include "message/type.h"

#include <gtest/gtest.h>

namespace comity::message {
namespace {

std::string const hash(64, 'a');

Manifest with_attachments()
{
    Manifest out { profile_version, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "clarification",
        std::string { suite }, { "BG", "NCU Sofia TEST", {}, hash },
        { "RO", "NCU Bucharest TEST", {}, hash }, 1, std::string(64, '0'),
        parse_instant("2026-04-17T09:14:00Z").value(), { "2026-0417", {} }, {},
        { "PCC SEE", { "A1" }, "v1" }, "investigation", Urgency::routine, { 0, {} }, false, {}, {},
        {}, {}, "en",
        { { 1, "clarification", "application/json", schema_of(Type::clarification), 10, hash,
              hash },
            { 2, "map", "image/png", "none/1", 10, hash, hash } },
        "ledger.bg.test" };
    out.attachments = { { 3, "film", "video/mp4", 25, 10, 3, hash, hash } };
    return out;
}

Error refusal(void (*change)(SealedAttachment&))
{
    auto manifest = with_attachments();
    change((*manifest.attachments)[0]);
    auto const read = read_manifest(json::to_text(manifest));
    EXPECT_FALSE(read.ok());
    return read.ok() ? Error { Error::Kind::unavailable, "read" } : read.error();
}

Result<void> say(std::string const& attachments)
{
    auto const content = R"({"caseNumber":"1","answers":["x"],"attachments":)" + attachments + "}";
    return check_attached(with_attachments(), as_view(content));
}

} // namespace

TEST(Attached, a_manifest_with_attachments_is_read_as_it_was_written)
{
    auto const text = json::to_text(with_attachments());
    auto const read = read_manifest(text);
    ASSERT_TRUE(read.ok()) << read.error().what;
    EXPECT_EQ(json::to_text(read.value()), text);
    EXPECT_EQ(read.value().way(), Channel::wire);
}

TEST(Attached, each_rule_of_form_names_its_member)
{
    EXPECT_EQ(refusal([](auto& a) { a.n = 2; }).field, "attachments[0].n");
    EXPECT_EQ(refusal([](auto& a) { a.name.clear(); }).field, "attachments[0].name");
    EXPECT_EQ(refusal([](auto& a) { a.name.assign(201, 'x'); }).field, "attachments[0].name");
    EXPECT_EQ(refusal([](auto& a) { a.media_type.clear(); }).field, "attachments[0].mediaType");
    EXPECT_EQ(
        refusal([](auto& a) { a.media_type.assign(101, 'x'); }).field, "attachments[0].mediaType");
    EXPECT_EQ(refusal([](auto& a) { a.chunk_bytes = 0; }).field, "attachments[0].chunkBytes");
    EXPECT_EQ(refusal([](auto& a) { a.chunk_bytes = chunk_bytes_max + 1; }).field,
        "attachments[0].chunkBytes");
    EXPECT_EQ(refusal([](auto& a) { a.chunks = 0; }).field, "attachments[0].chunks");
    EXPECT_EQ(refusal([](auto& a) { a.chunks = chunks_max + 1; }).field, "attachments[0].chunks");
    EXPECT_EQ(refusal([](auto& a) { a.bytes = 20; }).field, "attachments[0].bytes");
    EXPECT_EQ(refusal([](auto& a) { a.bytes = 31; }).field, "attachments[0].bytes");
    EXPECT_EQ(refusal([](auto& a) { a.cipher_root = "x"; }).field, "attachments[0].cipherRoot");
    EXPECT_EQ(refusal([](auto& a) { a.plain_root = "x"; }).field, "attachments[0].plainRoot");
}

TEST(Attached, at_their_limits_attachments_are_still_read)
{
    auto manifest = with_attachments();
    auto& one = (*manifest.attachments)[0];
    for (std::uint64_t const bytes : { 21U, 30U }) {
        one.bytes = bytes;
        EXPECT_TRUE(read_manifest(json::to_text(manifest)).ok()) << bytes;
    }
    one = { 3, std::string(200, 'x'), std::string(100, 'x'), attachments_bytes_max, chunk_bytes_max,
        chunks_max, hash, hash };
    EXPECT_TRUE(read_manifest(json::to_text(manifest)).ok());
    one = { 3, "empty", "b/c", 0, 1, 1, hash, hash };
    EXPECT_TRUE(read_manifest(json::to_text(manifest)).ok());
    one = { 3, "most", "b/c", attachments_bytes_max, chunk_bytes_max, chunks_max, hash, hash };
    manifest.attachments->push_back({ 4, "one byte more", "b/c", 1, 1, 1, hash, hash });
    auto const over = read_manifest(json::to_text(manifest));
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().kind, Error::Kind::too_large);
    EXPECT_EQ(over.error().field, "attachments");
    manifest.attachments->clear();
    for (std::uint32_t n = 3; n <= parts_max; ++n)
        manifest.attachments->push_back({ n, "x", "b/c", 0, 1, 1, hash, hash });
    EXPECT_TRUE(read_manifest(json::to_text(manifest)).ok());
    manifest.attachments->push_back({ parts_max + 1, "x", "b/c", 0, 1, 1, hash, hash });
    EXPECT_EQ(read_manifest(json::to_text(manifest)).error().field, "attachments");
}

TEST(Attached, what_a_content_names_is_held_against_the_manifest)
{
    EXPECT_TRUE(say("[]").ok());
    EXPECT_TRUE(say(R"([{"part":2,"name":"map","mediaType":"image/png"},)"
                    R"({"part":3,"name":"film","mediaType":"video/mp4"}])")
            .ok());
    auto const field = [](std::string const& attachments) {
        auto const done = say(attachments);
        return done.ok() ? std::string { "none" } : done.error().field;
    };
    EXPECT_EQ(
        field(R"([{"part":4,"name":"film","mediaType":"video/mp4"}])"), "attachments[0].part");
    EXPECT_EQ(field(R"([{"part":1,"name":"clarification","mediaType":"application/json"}])"),
        "attachments[0].part");
    EXPECT_EQ(
        field(R"([{"part":3,"name":"book","mediaType":"video/mp4"}])"), "attachments[0].name");
    EXPECT_EQ(field(R"([{"part":2,"name":"map","mediaType":"image/png"},)"
                    R"({"part":3,"name":"film","mediaType":"text/plain"}])"),
        "attachments[1].mediaType");
}

TEST(Attached, a_content_of_another_version_is_not_looked_into)
{
    auto manifest = with_attachments();
    manifest.parts[0].schema = "clarification/9";
    EXPECT_TRUE(check_attached(manifest, as_view("not even JSON")).ok());
    manifest.type = "of-a-newer-peer";
    EXPECT_TRUE(check_attached(manifest, as_view("not even JSON")).ok());
}

TEST(Attached, a_chunk_has_its_head_and_its_content)
{
    ChunkHead const head { "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 2, 1, to_base64(Bytes(32)),
        { "RO", "BG" } };
    auto const plain = write_chunk(head, as_view("a\nb"));
    auto const read = read_chunk(plain).value();
    EXPECT_EQ(json::to_text(read.head), json::to_text(head));
    EXPECT_EQ(as_text(ByteView { plain }.subspan(read.head_bytes)), "a\nb");
    EXPECT_FALSE(read_chunk(as_view("no line")).ok());
    auto bad = head;
    bad.salt = to_base64(Bytes(31));
    EXPECT_EQ(read_chunk(write_chunk(bad, {})).error().field, "chunk.salt");
}

} // namespace comity::message
