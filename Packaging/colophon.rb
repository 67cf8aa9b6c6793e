# A formula for Homebrew that builds Colophon from its source. In a folder with the source:
#
#   brew install --HEAD --formula ./Packaging/colophon.rb
class Colophon < Formula
  desc "Analyses of texts in which every figure leads to its source"
  license "Apache-2.0"
  head "file://#{File.expand_path("..", __dir__)}", using: :git, branch: "main"

  depends_on "pkgconf" => :build
  depends_on "cmark-gfm"
  depends_on "expat"
  depends_on "gumbo-parser"
  depends_on "libyaml"
  depends_on "openssl@3"
  depends_on "pcre2"
  depends_on "poppler" => :recommended
  depends_on "zlib"
  depends_on "zstd"

  def install
    system "swift", "build", "--disable-sandbox", "--configuration", "release", "--product", "colophon"
    system "sh", "Tools/layout.sh", ".build/release/colophon", prefix
  end

  test do
    system bin/"colophon", "init", testpath/"project"
    (testpath/"project/corpus/rain.txt").write "Rain\n\nTom Reed said that it rained in Skerrow.\n"
    system bin/"colophon", "run", "--quiet", testpath/"project"
    assert_match "Tom Reed", (testpath/"project/outputs/analysis/report.md").read
  end
end
