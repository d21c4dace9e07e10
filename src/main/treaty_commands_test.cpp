#include "base/file.h"
#include "base/scratch.h"
#include "main/commands.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace comity::main {
namespace {

TreatyOptions options(std::string command, std::string subject)
{
    TreatyOptions out { "data/treaty", "tests/cases/treaty", {}, {}, {}, {}, {}, {}, {}, {}, "UTC",
        "en" };
    out.command = std::move(command);
    out.subject = std::move(subject);
    out.on = "2026-04-17";
    return out;
}

/// The text of a page that was written as PDF.
std::string text_of(std::filesystem::path const& pdf)
{
    auto const text = pdf.string() + ".txt";
    auto const command = "pdftotext -enc UTF-8 '" + pdf.string() + "' '" + text + "'";
    EXPECT_EQ(std::system(command.c_str()), 0); // NOLINT(cert-env33-c): the words are ours
    return std::string { as_text(read_file(text).value()) };
}

Error refused(TreatyOptions const& asked)
{
    std::ostringstream out;
    auto const done = ask_treaty(asked, out);
    EXPECT_FALSE(done.ok());
    return done.ok() ? Error { Error::Kind::conflict, "" } : done.error();
}

} // namespace

TEST(TreatyCommands, book_writes_every_page_as_HTML_and_PDF_into_a_folder_that_it_makes)
{
    ScratchFolder const scratch;
    auto const folder = scratch / "deep/book";
    std::ostringstream out;
    ASSERT_EQ(ask_treaty(options("book", folder.string()), out).value(), 0);
    EXPECT_NE(out.str().find("46 pages"), std::string::npos);
    std::size_t files = 0;
    for (auto const& each : std::filesystem::directory_iterator { folder })
        files += each.path().extension() == ".html" || each.path().extension() == ".pdf";
    EXPECT_EQ(files, 92);
    auto const article = text_of(folder / "article-13.pdf");
    for (auto const* part :
        { "A13(1)-1", "A13(6)-2", "Article 13. Hot pursuit", "not yet reviewed" })
        EXPECT_NE(article.find(part), std::string::npos) << part;
    EXPECT_NE(text_of(folder / "annexed-lists.pdf").find("СТРОГО СЕКРЕТНО"), std::string::npos);
}

TEST(TreatyCommands, book_says_what_is_wrong_with_its_folder)
{
    EXPECT_EQ(refused(options("book", "")).what, "name the folder: comity treaty book DIR");
    ScratchFolder const scratch;
    auto const file = scratch / "file";
    ASSERT_TRUE(write_file(file, as_view("TEST")).ok());
    auto const error = refused(options("book", file.string()));
    EXPECT_EQ(error.what, file.string() + " is no folder and cannot be made one: Not a directory");
    EXPECT_EQ(error.field, "DIR");
    EXPECT_EQ(refused(options("book", (file / "below").string())).field, "DIR");
}

TEST(TreatyCommands, a_book_is_in_a_language_that_has_all_its_words)
{
    ScratchFolder const scratch;
    auto asked = options("book", (scratch / "book").string());
    asked.language = "ro";
    EXPECT_EQ(refused(asked).what, "a book is in en, bg or es");
    EXPECT_EQ(refused(asked).field, "language");
    EXPECT_FALSE(std::filesystem::exists(scratch / "book"));
}

TEST(TreatyCommands, book_says_when_cases_or_reviews_cannot_be_read)
{
    ScratchFolder const scratch;
    auto asked = options("book", (scratch / "book").string());
    asked.cases = scratch / "nowhere";
    EXPECT_EQ(refused(asked).field, "cases");
    asked = options("book", (scratch / "book").string());
    asked.law = scratch / "law";
    std::filesystem::copy("data/treaty", asked.law);
    ASSERT_TRUE(write_file(asked.law / "reviews.tsv",
        as_view("article\treviewer\tdate\tedition\n43\tA TEST\t2026-01-01\tx\n"))
            .ok());
    EXPECT_EQ(refused(asked).field, "reviews.tsv:2");
    EXPECT_FALSE(std::filesystem::exists(scratch / "book"));
}

} // namespace comity::main
