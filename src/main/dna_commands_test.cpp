#include "main/dna_commands.h"

#include "base/file.h"
#include "base/scratch.h"

#include <gtest/gtest.h>

#include <sstream>

namespace comity::main {
namespace {

constexpr auto heading
    = "reference,category,kit,laboratory,iso17025,consent,VWA_1,VWA_2,TH01_1,TH01_2,"
      "D21S11_1,D21S11_2,FGA_1,FGA_2,D8S1179_1,D8S1179_2,D3S1358_1,D3S1358_2\n";
constexpr auto loci = ",14,16,6,9.3,29,30,20,22,12,13,15,18\n";

class DnaCommands : public testing::Test {
protected:
    ScratchFolder folder;

    std::pair<int, std::string> ask(std::string const& command, std::string const& subject = {},
        std::string const& against = {}, std::string const& format = "csv")
    {
        std::ostringstream out;
        DnaOptions options { .data = "data/dna",
            .folder = folder / "desk",
            .command = command,
            .subject = subject,
            .against = against,
            .format = format,
            .on = "2026-04-17",
            .size = 10'000'000 };
        auto const done = ask_dna(options, out);
        if (!done.ok()) return { -1, done.error().what };
        return { done.value(), out.str() };
    }
    std::string file(std::string const& name, std::string const& text)
    {
        write_file(folder / name, as_view(text)).take();
        return (folder / name).string();
    }
    std::string profiles()
    {
        std::string const person = std::string { "known-person,NGM,TEST,yes,no" } + loci;
        return file("in.csv",
            std::string { heading } + "TEST-1," + person + "TEST-2,unknown-stain,NGM,TEST,yes,no"
                + loci + "TEST-3,relative,NGM,TEST,yes,yes" + loci
                + "TEST-4,unknown-stain,NGM,TEST,no,no" + loci);
    }
};

TEST_F(DnaCommands, import_search_compare_and_refuse)
{
    EXPECT_EQ(ask("search", "TEST-1").first, -1);
    EXPECT_EQ(ask("import", profiles()).second, "4 profiles taken, 4 in all\n");
    EXPECT_EQ(ask("import", profiles()).second, "TEST-1 is there already; nothing was taken");
    auto const [code, text] = ask("search", "TEST-1");
    EXPECT_EQ(code, 0);
    EXPECT_NE(text.find("2 hits among 2 profiles"), std::string::npos) << text; // no relative
    EXPECT_NE(text.find("quality 1 (all values equal), 6 of 6 loci match"), std::string::npos);
    EXPECT_NE(text.find("WARNING"), std::string::npos);
    EXPECT_NE(text.find("A20(1): chance under 0.001"), std::string::npos) << text;
    EXPECT_EQ(ask("search", "TEST-4").first, 1);
    EXPECT_EQ(ask("compare", "TEST-1", "TEST-2").first, 0);
    EXPECT_EQ(ask("compare", "TEST-3", "TEST-2").first, 1);
    EXPECT_EQ(ask("compare", "TEST-1", "TEST-9").second, "no profile TEST-9");
}

TEST_F(DnaCommands, kin_says_its_power_first_and_audit_names_duplicates)
{
    ask("import", profiles());
    auto const kin = ask("kin", "TEST-1");
    EXPECT_EQ(kin.second.find("a true relative is found with probability"), 0U) << kin.second;
    auto const audited = ask("audit");
    EXPECT_NE(audited.second.find("TEST-1 and TEST-2: quality 1"), std::string::npos);
}

TEST(TellingProgress, says_each_tenth_of_a_long_run_once_and_nothing_of_a_short_one)
{
    std::ostringstream out;
    auto const tell = telling_progress(out);
    for (std::size_t done = 0; done <= 100'000; done += 1'000) tell({ done, 100'000, 0 });
    EXPECT_EQ(out.str(), "");
    for (std::size_t done = 0; done <= 100'001; done += 1'000) tell({ done, 100'001, 7 });
    auto const text = out.str();
    EXPECT_EQ(text.find("11000 of 100001 profiles compared, 7 pairs so far\n"), 0U) << text;
    EXPECT_EQ(std::ranges::count(text, '\n'), 9);
}

TEST_F(DnaCommands, export_leaves_out_what_may_not_leave_and_says_what_was_lost)
{
    ask("import", profiles());
    for (auto const* format : { "cmf", "pruem" }) {
        auto const target = (folder / format).string();
        auto const [code, text] = ask("export", target, "BG", format);
        EXPECT_EQ(code, 0) << text;
        EXPECT_NE(text.find("TEST-4 stays: the laboratory is not marked"), std::string::npos);
        EXPECT_NE(text.find("not carried: the mark of ISO 17025"), std::string::npos);
        EXPECT_NE(text.find("3 profiles written"), std::string::npos);
    }
    auto const other = folder / "other";
    std::ostringstream out;
    EXPECT_TRUE(ask_dna({ .data = "data/dna",
                            .folder = other,
                            .command = "import",
                            .subject = (folder / "pruem").string(),
                            .against = {},
                            .format = "pruem",
                            .on = "2026-04-17" },
        out)
            .ok());
    EXPECT_EQ(out.str(), "3 profiles taken, 3 in all\n");
    EXPECT_EQ(ask("export", "x", "", "doc").second, "a format is csv, cmf or pruem");
}

} // namespace
} // namespace comity::main
