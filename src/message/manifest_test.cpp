#include "message/body.h"
#include "message/manifest.h"
#include "message/receipt.h"
#include "message/register_entry.h"

#include <gtest/gtest.h>

#include <functional>

namespace comity::message {
namespace {

std::string const hash(64, 'a');

Manifest lawful()
{
    return { profile_version, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "request",
        std::string { suite }, { "BG", "NCU Sofia TEST", {}, hash },
        { "RO", "NCU Bucharest TEST", {}, hash }, 1, std::string(64, '0'),
        parse_instant("2026-04-17T09:14:00Z").value(), { "2026-0417", {} }, {},
        { "PCC SEE", { "A1" }, "v1" }, "investigation", Urgency::routine, { 0, {} }, true,
        Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" }, {}, {}, {}, "en",
        { { 1, "request", "application/json", "request/1", 10, hash, hash } }, "ledger.bg.test" };
}

} // namespace

TEST(Manifest, survives_writing_and_reading)
{
    auto const text = json::to_text(lawful());
    EXPECT_EQ(json::to_text(read_manifest(text).value()), text);
}

TEST(Manifest, each_rule_of_form_names_its_member)
{
    using Break = std::function<void(Manifest&)>;
    std::pair<char const*, Break> const breaks[] = {
        { "v", [](auto& m) { m.v = 2; } },
        { "suite", [](auto& m) { m.suite = "none"; } },
        { "id", [](auto& m) { m.id = "1"; } },
        { "type", [](auto& m) { m.type.clear(); } },
        { "type", [](auto& m) { m.type = std::string(65, 'x'); } },
        { "type", [](auto& m) { m.type = "Request"; } },
        { "from.state", [](auto& m) { m.from.state = "bg"; } },
        { "to.state", [](auto& m) { m.to.state = "BG"; } },
        { "to.unit", [](auto& m) { m.to.unit.clear(); } },
        { "from.certificate", [](auto& m) { m.from.certificate.pop_back(); } },
        { "seq", [](auto& m) { m.seq = 0; } },
        { "prevManifestSha256", [](auto& m) { m.prev_manifest_sha256 = "00"; } },
        { "caseReference.ours", [](auto& m) { m.case_reference.ours = std::string(501, 'x'); } },
        { "purpose", [](auto& m) { m.purpose.clear(); } },
        { "retention", [](auto& m) { m.retention.reset(); } },
        { "classification.level", [](auto& m) { m.classification.level = 5; } },
        { "parts", [](auto& m) { m.parts.clear(); } },
        { "parts", [](auto& m) { m.parts.resize(parts_max + 1, m.parts[0]); } },
        { "parts[0].n", [](auto& m) { m.parts[0].n = 2; } },
        { "parts[0].cipherSha256", [](auto& m) { m.parts[0].cipher_sha256 = "x"; } },
        { "parts[0].plainSha256", [](auto& m) { m.parts[0].plain_sha256 = "x"; } },
        { "legalBasis.provisions", [](auto& m) { m.legal_basis.provisions.assign(201, "A1"); } },
    };
    for (auto const& [field, breaking] : breaks) {
        auto manifest = lawful();
        breaking(manifest);
        auto const read = read_manifest(json::to_text(manifest));
        ASSERT_FALSE(read.ok()) << field;
        EXPECT_EQ(read.error().field, field);
    }
    EXPECT_EQ(read_manifest(std::string(manifest_bytes_max + 1, ' ')).error().kind,
        Error::Kind::too_large);
}

TEST(Manifest, at_its_limits_it_is_still_read)
{
    auto manifest = lawful();
    manifest.case_reference.ours = std::string(500, 'x');
    manifest.classification.level = 4;
    manifest.personal_data = false;
    manifest.retention.reset();
    manifest.legal_basis.provisions.assign(200, "A1");
    for (std::uint32_t n = 2; n <= parts_max; ++n) {
        manifest.parts.push_back(manifest.parts[0]);
        manifest.parts.back().n = n;
    }
    EXPECT_TRUE(read_manifest(json::to_text(manifest)).ok());
}

TEST(Manifest, a_member_of_a_newer_profile_is_passed_over)
{
    auto value = json::write(lawful());
    value.as_object()["quantum"] = true;
    EXPECT_TRUE(read_manifest(json::print(value)).ok());
}

TEST(Part, head_and_content_come_apart_as_they_were_put_together)
{
    PartHead const head { "id", 1, to_base64(Bytes(32, 7)), { "BG", "RO" } };
    auto const content = to_bytes("line one\nline two");
    auto const opened = read_part(write_part(head, content)).value();
    EXPECT_EQ(opened.content, content);
    EXPECT_EQ(opened.head.salt, head.salt);
    EXPECT_FALSE(read_part(as_view("no head")).ok());
    PartHead const short_salt { "id", 1, to_base64(Bytes(31, 7)), {} };
    EXPECT_EQ(read_part(write_part(short_salt, content)).error().field, "part.salt");
}

TEST(Body, a_request_and_an_answer_survive_in_their_own_script)
{
    auto const request = R"({"kind":"vehicle-owner","caseNumber":"1","purpose":"investigation",)"
                         R"("offence":"vehicle theft","needGround":"identify-owner",)"
                         R"("requestingAuthority":"a","requestedAuthority":"b","medium":"system",)"
                         R"("vehicle":{"plate":"СА 1234 АВ"},"decision":{"verdict":"permitted"}})";
    EXPECT_EQ(
        json::to_text(json::read_text<Request>(request, json::Unknown::refuse).value()), request);
    auto const person = R"({"familyName":"Ђорђевић","givenName":"Живота","legalEntity":false,)"
                        R"("latin":{"familyName":"Djordjevic","givenName":"Zivota"}})";
    EXPECT_EQ(
        json::to_text(json::read_text<Person>(person, json::Unknown::refuse).value()), person);
}

} // namespace comity::message
